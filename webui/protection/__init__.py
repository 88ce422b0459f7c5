"""What keeps strangers out and readers safe."""
