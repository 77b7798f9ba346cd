"""What the offline client asks of the server: what to take along, and taking in what it brings back."""
