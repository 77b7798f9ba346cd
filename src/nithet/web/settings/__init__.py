"""Pages of the office's own settings (การตั้งค่าของสำนักงาน): name, crest, digits, numbers, help, public address."""
