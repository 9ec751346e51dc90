"""Publishing: what was put out, in an order that nobody can change unseen."""
