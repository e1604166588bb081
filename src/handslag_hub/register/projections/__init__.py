"""What the register keeps ready of the store: traits of entities, spellings of their names, proposals who may be the same."""
