"""What is true, and what a question asks for: no network, no clock, nothing of the other layers."""
