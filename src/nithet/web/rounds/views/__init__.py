"""Views of rounds, a module per part of the work: find, ask one action, answer."""
