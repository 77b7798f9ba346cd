"""The OpenRosa 1.0 server: ODK Collect, and whatever else speaks it, works with Nithet as it is.

Everything lies below one address of a person's device (`/key/<token>/…`). No session, no cookie, no CSRF token: the token in
the address is the only way in, and it opens nothing else.
"""
