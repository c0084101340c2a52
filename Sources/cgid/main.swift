print("cgid")
