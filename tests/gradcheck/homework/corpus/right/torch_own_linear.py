import torch
from torch import nn


class LinearFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, weight, bias):
        # weight is (out, in) as in nn.Linear
        ctx.save_for_backward(x, weight)
        return x.mm(weight.t()) + bias

    @staticmethod
    def backward(ctx, grad_output):
        x, weight = ctx.saved_tensors
        grad_x = grad_output.mm(weight)
        grad_weight = grad_output.t().mm(x)
        grad_bias = grad_output.sum(dim=0)
        return grad_x, grad_weight, grad_bias


class SwishFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        s = 1 / (1 + torch.exp(-x))
        ctx.save_for_backward(x, s)
        return x * s

    @staticmethod
    def backward(ctx, grad_output):
        x, s = ctx.saved_tensors
        return grad_output * (s + x * s * (1 - s))


class MyMLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.weight1 = nn.Parameter(torch.randn(n_hidden, n_in, dtype=torch.double) * 0.5)
        self.bias1 = nn.Parameter(torch.zeros(n_hidden, dtype=torch.double))
        self.weight2 = nn.Parameter(torch.randn(n_out, n_hidden, dtype=torch.double) * 0.5)
        self.bias2 = nn.Parameter(torch.zeros(n_out, dtype=torch.double))

    def forward(self, x):
        hidden = SwishFunction.apply(LinearFunction.apply(x, self.weight1, self.bias1))
        return LinearFunction.apply(hidden, self.weight2, self.bias2)


if __name__ == "__main__":
    model = MyMLP(5, 4, 3)
    print(sum(p.numel() for p in model.parameters()), "parameters")
