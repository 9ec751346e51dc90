"""Writing workbooks: templates for clerks, and copies of their own with what to mend marked."""
