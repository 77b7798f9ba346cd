"""The demo office: สพป.เพชรบุรี เขต 1 in fiscal year 2555, rebuilt from its real return and nothing else.

People carry role titles, never names. Nothing is invented to fill a gap: the thirteen visits have no visitors.
"""
