"""What PyTorch code of a student's means: ``torch_code`` recognises it, ``parts`` checks it."""
