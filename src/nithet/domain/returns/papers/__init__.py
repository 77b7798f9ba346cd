"""Papers that are made from the records of a round: memoranda, orders, reports, photo news, and the status deck."""
