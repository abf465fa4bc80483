"""What can be studied: the content model, its reader, its checks, the compiled cache, search."""
