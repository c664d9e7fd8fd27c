"""The audit log: who saw or changed which confidential thing; written through `deur` alone, changed by nobody."""
