-- A device looks for its last event once, through the index of the order; after that it knows.
DROP INDEX event_device;
