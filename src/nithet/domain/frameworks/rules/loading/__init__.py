"""From the text of an edition file to an Edition, or to the list of what is wrong with it."""
