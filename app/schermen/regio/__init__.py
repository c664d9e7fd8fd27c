"""Mijn regio: how is this region doing?"""
