// a script: "nothing.html"
