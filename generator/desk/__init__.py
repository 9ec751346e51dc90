"""The desk: a local web page on which a clerk hands in sheets and a second person signs them off."""
