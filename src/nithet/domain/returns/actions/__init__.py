"""Every write of returns: `importing` old ones, `editing` in Word, `issuing`."""
