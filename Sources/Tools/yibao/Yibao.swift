@main struct Yibao { static func main() {} }
