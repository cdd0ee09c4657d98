"""Pickles of digits that other versions of Python and NumPy have written, for tests."""

import base64
import zlib

import numpy as np

from nets.arrays import HostArray

__all__ = ["DIGITS", "FOREIGN"]


def _pair(count: int) -> tuple[HostArray, HostArray]:
    images = np.arange(count * 4).reshape(count, 4) % 7 / 7.0
    return images.astype("float32"), np.arange(count)


# Training, validation and test: images of 4 pixels, and labels.
DIGITS = _pair(3), _pair(1), _pair(2)
_ENCODED = {
    "Python 2.7, NumPy 1.16, protocol 0": (
        "eNqdkcGKgzAQhu/zHktyWUlSW1tY9JyLh3pcYWnUhsJqQzqCvv3GVKQsdat7GMJk/pn8X4bSomlr0wfF1VZB3X"
        "7j5WTtqYcvWxXX5oa2LRAMh1EHTXmvGwFUMsCMKAJ4NBuXOpXcgAwBR3GJvanAhEAzcg4JuAYncuqtV2bkg0Ca"
        "pvKdgw83T0nGXCHvGHuMN5l3XMTDcRBx3qmozrtSxff7pBmSXeLvP5OVzc6/0s67/oW0m5BQe4TL/gEhWovwJP"
        "iLuvirPthG+sz4fjTO/S70Ftb96dx/HKaxqCNYBjlvkrNxnPify0Wbn0PhfHp8OcurhXlWNFxA8AP8XeoN"
    ),
    "Python 2.7, NumPy 1.16, protocol 2": (
        "eNprYErOK80tqNRLzi9K1cstzSnJTCwqSqzkii9KTc7PKy4pKk0u4SpkhKjiykuByBYyeTO0hjImtQcVMmt4M3"
        "oze7O0QZWklFQWpHIVsoQypZl4M3gzApWwangzhzLa+Pn5ef0HAjDhzVCS1BlqwAAEqp5Cdqqek+y2594G0kL2"
        "ebfN7LfnRttjkytJymDMQFjOBra8NQNoW6YF1DZ2nLZJMEABI5RmgtIlSW0oxnKAjGUE+imDtTNUAN0daG7gBC"
        "tuzWDvDOVgwGEgF0gNE9RABUKeRrOAG6wZbIEAug+AFrUX8ugBAC8pfv4="
    ),
    "Python 3.8, NumPy 1.24, protocol 2": (
        "eNqNkDlPAkEYhmcXvNYb7/tE8cJb8QKvBjehmIrEwsCCGRJZfJehoLMBtLX1h9jrD9P5dvFI1MQp9pvJzvt8z3"
        "x3umWX8rflsFVwsuF86UbmUo6TKhtXTtYq2EXplCxpgHm3DDvj/YVmsgp068oqZLJW0cjatDHgS2qMsTT8yUZV"
        "b1IyZ6+joYpGjqYamjlaQqZm+kx/FUYdmZHlW5VsTeoqcb2Ftof7Gto5OkKmRztEZyKRuHhTy/2YTKIr/SB8yQ"
        "jzVjAeiAbjL4/Rl+f865PaBmL269NOTB0vY39cQLdQXgGOHonetGDCfVGfUJr9HAOuZgWDwvPKRTBEXsMcI8pL"
        "/DQadY0G2dfS6lWvV4xRx3GOCYnJdBVTH02nqekMxyw11Wg2QdFBtJ7f34c5As1zhCQWPtUXibLEsexSKlgRI8"
        "Ro/maEMAVXOdYk1pXBxkd2k7JbHNuU1clgxzMI/nfC2CV0hGNPYv/T6YC4hxxHLreCqOfU9cuUECPAMceJxKly"
        "O6vhPPwOjC++zg=="
    ),
    "Python 3.8, NumPy 1.24, protocol 4": (
        "eNprYJl6j5EBDHpE80pzCyr1kvOLUvVyS3NKMhOLihIrp/TwxBelJufnFZcUlSaXTJk8pYcVrHBKD3teCkTJ5C"
        "neDK1TnBmTprRPCZqi4c3ozezN0jYlg7mHNaWksiAVpIkpzWRKZwdEnrmH0WaKn5+f138gABPeDCVTkjqdDUAO"
        "UfUUslP1nGS3Pfc2kBayz7ttZr89N9oem9wUoLYMpgxWkP0Z7HDbgRyeHqZMC4SNGQLY7JNggAJoGDAwQWmQuU"
        "APYJjMCPYXf6ezALprsLuEEciR6nTmYCBgLhPMXAVCIYDdHiaIPQLo/oHY1z5FDwBtTZ3A"
    ),
    "Python 3.8, NumPy 1.24, protocol 5": (
        "eNprYJ26gZEBDHqE8kpzCyr1kvOLUvWAzNSizOQpPdzxaUX5uUmlaWmpRVMmT9GYZsCAAKqeQnaqnpPstufeBt"
        "JC9nm3zey350bbY5Ob0sMKNh9Ip5RUFqQCDethSjOZ0tnRPiVoioY3cw+jzRQ/Pz+v/0AAJrwZSqYkeTN7s7RN"
        "6WF0nlICVJbBpDFNggEVQJ3PwASlp2Sw9TBlWiAMzuDCZmzrlAxekJFtYEMFcPhqSganNyPIBRDFIKUcaPZPyR"
        "D2ZkQ1TYHIMAKZzoRqugAO34FsYULY0j5FDwDqdX+v"
    ),
}
FOREIGN = {name: zlib.decompress(base64.b64decode(encoded)) for name, encoded in _ENCODED.items()}
