"""Who may do what at which address, one module an area; `permission_table` reads them all."""
