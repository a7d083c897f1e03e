"""The annual self-assessment: answered beside the record, signed step by step, published."""
