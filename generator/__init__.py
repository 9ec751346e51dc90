"""cunwu (村务): villages' records become checked, published sites."""
