"""What the reader was told (การแจ้งเตือน): the unread first, day by day."""
