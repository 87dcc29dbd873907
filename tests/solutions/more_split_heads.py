"""More answers to `split-heads`, by somebody who had not seen its tests: all of RIGHT must pass, all of WRONG must fail."""

RIGHT = {
    "strides of a dense copy": """
        def split_heads(x, H):
            B, T, D = x.shape
            if D % H:
                raise ValueError(f"{D} columns for {H} heads")
            return x.contiguous().as_strided((B, H, T, D // H), (T * D, D // H, D, 1))

        def join_heads(x):
            B, H, T, d = x.shape
            return x.contiguous().as_strided((B, T, H, d), (H * T * d, d, T * d, 1)).reshape(B, T, H * d)
     """,
    "windows, and dstack": """
        def split_heads(x, H):
            d, rest = divmod(x.shape[-1], H)
            if rest or not d: raise ValueError
            return x.unfold(-1, d, d).movedim(-2, 1)

        def join_heads(x):
            return torch.dstack([*x.unbind(1)])
     """,
    "a table of columns": """
        class NotDivisible(ValueError): ...

        def split_heads(x, H):
            if x.size(2) % H != 0:
                raise NotDivisible("choose another H")
            columns = torch.arange(x.size(2)).view(H, -1)
            return x[..., columns].permute(0, 2, 1, 3)

        def join_heads(x):
            B, H, T, d = x.shape
            out = x.new_empty(B, T, H * d)
            for head in range(H):
                for column in range(d):
                    out[:, :, head * d + column] = x[:, head, :, column]
            return out
     """,
}
WRONG = {
    "assert": """
        def split_heads(x, H):
            B, T, D = x.shape
            assert D % H == 0
            return x.reshape(B, T, H, D // H).transpose(1, 2)

        def join_heads(x):
            return x.transpose(1, 2).flatten(2)
     """,
    "strides taken for those of a dense tensor": """
        def split_heads(x, H):
            B, T, D = x.shape
            if D % H: raise ValueError
            return x.as_strided((B, H, T, D // H), (T * D, D // H, D, 1))

        def join_heads(x):
            return x.transpose(1, 2).flatten(2)
     """,
    "by lists": """
        def split_heads(x, H):
            B, T, D = x.shape
            if D % H: raise ValueError
            return torch.tensor(x.tolist()).reshape(B, T, H, D // H).transpose(1, 2)

        def join_heads(x):
            return torch.tensor(x.tolist()).transpose(1, 2).flatten(2)
     """,
    "join guesses the axes by their lengths": """
        def split_heads(x, H):
            B, T, D = x.shape
            if D % H: raise ValueError
            return x.reshape(B, T, H, D // H).transpose(1, 2)

        def join_heads(x):
            if x.shape[1] <= x.shape[2]:
                x = x.transpose(1, 2)
            return x.flatten(2)
     """,
    "what is left over is cut off": """
        def split_heads(x, H):
            B, T, D = x.shape
            if D < H: raise ValueError
            d = D // H
            return x[..., : H * d].reshape(B, T, H, d).transpose(1, 2)

        def join_heads(x):
            return x.transpose(1, 2).flatten(2)
     """,
}
