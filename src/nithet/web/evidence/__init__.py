"""Pages of evidence (หลักฐาน): what is there, what it proves, how clear it is."""
