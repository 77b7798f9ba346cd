"""Who did what and when (ประวัติการใช้งาน), in sentences: of the office for its leaders, of a record for the staff who see it."""
