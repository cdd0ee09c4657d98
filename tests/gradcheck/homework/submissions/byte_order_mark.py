from book import Network as Network
