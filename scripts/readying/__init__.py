"""A study of readiness: learners of known ability, what they are told, and how their papers come out."""
