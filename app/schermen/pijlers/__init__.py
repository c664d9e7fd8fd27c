"""Pijlers: what does the programme bring about?"""
