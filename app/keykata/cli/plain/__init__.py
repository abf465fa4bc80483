"""Plain mode: the whole program in lines of words, for screen readers, pipes and bare terminals."""
