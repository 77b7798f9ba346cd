"""The offline visit client, its sync and the OpenRosa server (floor 4)."""
