"""Pages of people (บุคลากร): accounts and invitations, positions and duties, groups, committees, boards, experts, handover."""
