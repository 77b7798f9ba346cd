"""Pages of devices and of what they sent."""
