"""What is live while the window is open: objects that hold values and say when they changed."""
