"""From a reading to a drawing: first the state of a scene, then its geometry. Knows the engine, no page, no HTML."""
