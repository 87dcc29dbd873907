"""The class report: where is the class stuck? One page and one table, from the gradebook and the graded notebooks."""
