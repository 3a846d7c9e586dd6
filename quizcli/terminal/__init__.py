"""The only room that touches a screen or a key. It never decides anything."""
