from events_service.cli import main

main()
