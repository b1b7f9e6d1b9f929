"""The Web API methods of the stand-in, one file per family."""
