"""What every verb returns: plain data. Rendering is somebody else's job."""
