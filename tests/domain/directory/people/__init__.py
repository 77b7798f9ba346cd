"""People of an office: invitations, postings, powers, bodies, handover."""
