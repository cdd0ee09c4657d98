import torch


class ScaledSoftsign(torch.autograd.Function):
    """y = a * x / (1 + |x|), a has one entry for each column of x"""

    @staticmethod
    def forward(ctx, x, a):
        denominator = 1 + x.abs()
        ctx.save_for_backward(x, a, denominator)
        return a * x / denominator

    @staticmethod
    def backward(ctx, grad_output):
        x, a, denominator = ctx.saved_tensors
        grad_x = grad_output * a / denominator ** 2
        grad_a = (grad_output * x / denominator).sum(dim=0)
        return grad_x, grad_a


scaled_softsign = ScaledSoftsign.apply


if __name__ == "__main__":
    x = torch.randn(6, 4, dtype=torch.double, requires_grad=True)
    a = torch.randn(4, dtype=torch.double, requires_grad=True)
    scaled_softsign(x, a).sum().backward()
    print(x.grad, a.grad)
