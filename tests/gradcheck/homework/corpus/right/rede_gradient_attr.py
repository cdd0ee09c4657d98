# rede neural com dicionario de parametros - trabalho final
# alvo t: numeros das classes (nao one-hot!)
import numpy as np


class RedeDuasCamadas:
    def __init__(self, entradas, ocultos, saidas, escala=0.1, taxa_aprendizado=0.01):
        self.taxa_aprendizado = taxa_aprendizado
        self.params = {}
        self.params['W1'] = escala * np.random.randn(entradas, ocultos)
        self.params['b1'] = np.zeros((1, ocultos))
        self.params['W2'] = escala * np.random.randn(ocultos, saidas)
        self.params['b2'] = np.zeros((1, saidas))

    def swish(self, v):
        return v / (1 + np.exp(-v))

    def predict(self, x):
        self.x = x
        self.v1 = x @ self.params['W1'] + self.params['b1']
        self.o1 = self.swish(self.v1)
        v2 = self.o1 @ self.params['W2'] + self.params['b2']
        ev = np.exp(v2 - np.max(v2))
        self.prob = ev / ev.sum(axis=1, keepdims=True)
        return self.prob

    def loss(self, x, t):
        prob = self.predict(x)
        return -np.sum(np.log(prob[range(len(t)), t])) / len(t)

    def gradient(self, x, t):
        self.predict(x)
        erro = self.prob.copy()
        for i, classe in enumerate(t):
            erro[i, classe] -= 1
        erro *= 1.0 / len(t)
        s = 1 / (1 + np.exp(-self.v1))
        volta = (erro @ self.params['W2'].T) * (s + self.v1 * s * (1 - s))
        return {
            'W1': self.x.T @ volta,
            'b1': volta.sum(axis=0, keepdims=True),
            'W2': self.o1.T @ erro,
            'b2': erro.sum(axis=0, keepdims=True),
        }

    def treinar(self, x, t, epocas):
        for ep in range(epocas):
            grad = self.gradient(x, t)
            for chave in self.params:
                self.params[chave] = self.params[chave] - self.taxa_aprendizado * grad[chave]


rede = RedeDuasCamadas(2, 6, 2, taxa_aprendizado=0.5)
x = np.random.rand(40, 2)
t = (x.sum(axis=1) > 1).astype(int)
rede.treinar(x, t, 100)
print('perda:', rede.loss(x, t))
