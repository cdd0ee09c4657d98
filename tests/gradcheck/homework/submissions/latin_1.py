name = "André"


class Network:
    pass
