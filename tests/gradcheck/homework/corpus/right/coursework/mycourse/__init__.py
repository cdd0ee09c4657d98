"""Our course library. Hand in the whole folder!"""
