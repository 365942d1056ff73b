"""At the door: who comes in, noted on devices that may lose their network."""
