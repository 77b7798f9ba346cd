"""The one door: every write is an action (การกระทำ).

An action asks its policy, opens the transaction, runs, writes one audit event, and queues its follow-ups, in one decorator.
There is no way to skip the policy; the system is an actor too. Pages, sync, API and commands all come through here.
"""
