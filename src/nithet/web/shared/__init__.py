"""What several areas of pages share: who asks, what the address asks for, and the answers they give alike."""
