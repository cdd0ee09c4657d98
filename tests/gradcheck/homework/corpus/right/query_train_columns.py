import numpy
# scipy.special is not installed on my laptop, so I write expit myself


def expit(x):
    return 1 / (1 + numpy.exp(-x))


class neuralNetwork:

    # initialise the network
    def __init__(self, inputnodes, hiddennodes, outputnodes, learningrate):
        self.inodes = inputnodes
        self.hnodes = hiddennodes
        self.onodes = outputnodes
        # link weights from input to hidden and from hidden to output, no biases
        self.wih = numpy.random.normal(0.0, self.hnodes ** -0.5, (self.hnodes, self.inodes))
        self.who = numpy.random.normal(0.0, self.onodes ** -0.5, (self.onodes, self.hnodes))
        self.lr = learningrate
        self.activation_function = lambda x: expit(x)

    # train the network with one record
    def train(self, inputs_list, targets_list):
        inputs = numpy.array(inputs_list, ndmin=2).T
        targets = numpy.array(targets_list, ndmin=2).T
        hidden_outputs = self.activation_function(numpy.dot(self.wih, inputs))
        final_outputs = self.activation_function(numpy.dot(self.who, hidden_outputs))

        output_errors = targets - final_outputs
        hidden_errors = numpy.dot(self.who.T, output_errors * final_outputs * (1.0 - final_outputs))
        self.who += self.lr * numpy.dot(output_errors * final_outputs * (1.0 - final_outputs),
                                        hidden_outputs.T)
        self.wih += self.lr * numpy.dot(hidden_errors * hidden_outputs * (1.0 - hidden_outputs),
                                        inputs.T)

    # ask the network
    def query(self, inputs_list):
        inputs = numpy.array(inputs_list, ndmin=2).T
        return expit(self.who @ expit(self.wih @ inputs))


if __name__ == "__main__":
    n = neuralNetwork(3, 5, 2, 0.3)
    for i in range(100):
        n.train([1.0, 0.5, -1.5], [0.9, 0.1])
    print(n.query([1.0, 0.5, -1.5]))
