"""Our own question types, one file each. They enter by the same door as a plugin's: ``assessments.question_types``."""
