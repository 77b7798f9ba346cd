"""Projects, visits, evidence and the reasons of rights: pages to read (รายการ)."""
