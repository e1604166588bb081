"""What the register keeps ready of the store: traits of entities, proposals who may be the same."""
