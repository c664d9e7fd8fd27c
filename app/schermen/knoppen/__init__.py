"""Tekort en knoppen: what would which lever bring?"""
